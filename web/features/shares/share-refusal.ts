/** What to do about a link that does not open, by the code of the refusal. */
export const adviceFor = (refusal: Error): string => {
  const code = 'code' in refusal ? String(refusal.code) : '_tag' in refusal ? String(refusal._tag) : ''
  return advice[code] ?? 'Ask whoever sent it for a new one.'
}

const advice: Readonly<Record<string, string>> = {
  ServerAway: 'Nothing is lost: the link works as soon as you are connected.',
  PersonaIsYourOwn: 'You have the persona already.',
  ShareForAnother: 'It opens only in the account it was made for.',
}
