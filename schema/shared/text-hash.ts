import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** Says which text somebody saw: 64 bits are enough to tell the versions of one text apart. */
export const textHashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)
