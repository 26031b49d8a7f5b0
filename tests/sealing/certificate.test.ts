import { Encoding } from 'effect'
import { expect, test } from 'vitest'
import { CertificateBroken, verifyCertificate } from '#sealing/certificate.ts'

const statementOf = (what: object) =>
  JSON.stringify({
    certificate: 'pjai erasure 1',
    storeId: 'persona_ada',
    ...what,
    issuedAt: '2026-03-01T10:00:00.000Z',
  })

const signed = async (statement: string) => {
  const pair = await crypto.subtle.generateKey({ name: 'Ed25519' }, true, ['sign', 'verify'])
  const [publicKey, signature] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.sign({ name: 'Ed25519' }, pair.privateKey, new TextEncoder().encode(statement)),
  ])
  const text = (bytes: ArrayBuffer) => Encoding.encodeBase64Url(new Uint8Array(bytes))
  return { statement, publicKey: text(publicKey), signature: text(signature) }
}

const destroyed = [{ keyId: 'tea', at: '2026-03-01T10:00:00.000Z' }]
const expected = { storeId: 'persona_ada', keyIds: ['tea'] }

test('[ER14] a certificate says what was asked for, and is signed', async () => {
  const certificate = await signed(statementOf({ destroyed }))
  expect(await verifyCertificate(certificate, expected)).toMatchObject({ storeId: 'persona_ada' })
  const whole = await signed(statementOf({ everything: { keys: 2, sha256: 'ab' } }))
  expect(await verifyCertificate(whole, { storeId: 'persona_ada' })).toMatchObject({ everything: { keys: 2 } })
})

test('[ER14] one that is not signed, or says something else, is refused', async () => {
  const certificate = await signed(statementOf({ destroyed }))
  const other = await signed(statementOf({ destroyed }))
  const refused: readonly (readonly [unknown, typeof expected | { storeId: string }])[] = [
    [{ ...certificate, statement: statementOf({ destroyed: [] }) }, expected],
    [{ ...certificate, signature: other.signature }, expected],
    [{ ...certificate, publicKey: 'short' }, expected],
    [{ ...certificate, signature: '§' }, expected],
    [certificate, { ...expected, storeId: 'persona_eve' }],
    [certificate, { ...expected, keyIds: ['tea', 'jam'] }],
    [certificate, { storeId: 'persona_ada' }],
    [await signed(statementOf({ everything: { keys: 2, sha256: 'ab' } })), expected],
    [await signed('no JSON'), expected],
    [undefined, expected],
  ]
  for (const [given, wanted] of refused)
    expect(await verifyCertificate(given, wanted)).toBeInstanceOf(CertificateBroken)
})
