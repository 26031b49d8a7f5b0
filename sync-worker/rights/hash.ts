import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'

/** What is stored of a token or a code: 128 random bits need no salt and no slow hash. */
export const hashOf = (token: string): string => bytesToHex(sha256(utf8ToBytes(token)))
