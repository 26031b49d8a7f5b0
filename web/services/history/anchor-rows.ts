import type { Anchor } from '#proof/checkpoint.ts'

interface AnchorRow {
  readonly statement: string
  readonly publicKey: string
  readonly signature: string
  readonly deviceId: string
  readonly devicePublicKey: string
  readonly deviceSignature: string
}

export const rowToAnchor = ({ statement, publicKey, signature, ...device }: AnchorRow): Anchor => ({
  checkpoint: { statement, publicKey, signature },
  deviceId: device.deviceId,
  devicePublicKey: device.devicePublicKey,
  deviceSignature: device.deviceSignature,
})
