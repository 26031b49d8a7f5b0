import { generateKeyPairSync } from 'node:crypto'
import { cryptoProvider, X509CertificateGenerator } from '@peculiar/x509'

/** A key and a certificate that nobody vouches for: good enough for a name that a test makes up. */
export const ownCertificate = async (host: string) => {
  cryptoProvider.set(crypto)
  const signingAlgorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const [secret, open] = [
    new Uint8Array(pair.privateKey.export({ format: 'der', type: 'pkcs8' })),
    new Uint8Array(pair.publicKey.export({ format: 'der', type: 'spki' })),
  ]
  const keys = {
    privateKey: await crypto.subtle.importKey('pkcs8', secret, signingAlgorithm, true, ['sign']),
    publicKey: await crypto.subtle.importKey('spki', open, signingAlgorithm, true, ['verify']),
  }
  const day = 86_400_000
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: `CN=${host}`,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
    keys,
    signingAlgorithm,
  })
  return { key: pair.privateKey.export({ format: 'pem', type: 'pkcs8' }), cert: certificate.toString('pem') }
}
