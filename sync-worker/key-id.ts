import { Schema } from 'effect'

/** 128 bits that say nothing to us, as base64url. */
export const KeyId = Schema.String.pipe(Schema.pattern(/^[\w-]{22}$/))
