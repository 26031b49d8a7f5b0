/** As a person writes them: by line, space or comma. */
export const recipientsIn = (text: string): readonly string[] => text.split(/[\s,]+/).filter((it) => it !== '')

export const strangeRecipient = (recipients: readonly string[]): string | undefined =>
  recipients.find((it) => !/^age1[a-z0-9]{20,}$/.test(it))
