import { cryptoProvider, PemConverter, X509CertificateGenerator } from '@peculiar/x509'

/** A key and a certificate that nobody vouches for: good enough for a name that a test makes up. */
export const ownCertificate = async (host: string) => {
  cryptoProvider.set(crypto)
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = (await crypto.subtle.generateKey(signingAlgorithm, true, ['sign', 'verify'])) as CryptoKeyPair // of ECDSA
  const day = 86_400_000
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
    keys,
    signingAlgorithm,
  })
  const key = (await crypto.subtle.exportKey('pkcs8', keys.privateKey)) as ArrayBuffer // of this format
  return { key: PemConverter.encode(key, 'PRIVATE KEY'), cert: certificate.toString('pem') }
}
