import { characterCount } from './text.ts'

/** Trimmed, each once, in one order: what two devices wrote differently compares equal. */
export const tidyTags = (tags: readonly string[]): readonly string[] =>
  [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))].toSorted()

/** A tidy tag has 1–60 characters. */
export const isTag = (tag: string): boolean => tag !== '' && characterCount(tag) <= 60
