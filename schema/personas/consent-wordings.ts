/**
 * What a person agrees to, in every wording that was ever shown: the first is version 1, the last is the one of today. One
 * that was shown is never changed: who means something else adds a wording, and whoever agreed is asked again.
 */
const wordings = {
  models: [
    'What I say to this persona, and the memories that belong to it, may go to the model providers I set up. They see it in the clear and handle it by their own terms.',
  ],
  proposals: [
    'This persona may keep memories of our talks by itself, without asking me each time. I see what it kept among its memories, and can take any of it back.',
  ],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>

export type ConsentPurpose = keyof typeof wordings

export const consentPurposes: readonly ConsentPurpose[] = ['models', 'proposals']

export const currentVersion = (purpose: ConsentPurpose): number => wordings[purpose].length

/** Undefined for a version that this one of the app does not know. */
export const wordingOf = (purpose: ConsentPurpose, version = currentVersion(purpose)): string | undefined =>
  wordings[purpose][version - 1]
