import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import type { OpenedBy, SealedFor } from '#bundle/secrets.ts'
import { pathFrom } from './arguments.ts'
import { Problem } from './problem.ts'

// Never an argument: those stand in the history of the shell, and in the list of processes.

export const sealingOptions = {
  'passphrase-file': { type: 'string' },
  recipient: { type: 'string', multiple: true },
} as const

export interface SealingValues {
  readonly 'passphrase-file'?: string
  readonly recipient?: readonly string[]
}

/** For whom the secrets of a bundle are sealed. */
export const sealedForFrom = async ({ 'passphrase-file': file, recipient }: SealingValues): Promise<SealedFor> => {
  if (recipient === undefined) {
    const passphrase = (await givenPassphrase(file)) ?? (await askedTwice())
    if (passphrase === undefined)
      throw new Problem('Say whom it is sealed for: --passphrase-file FILE, or --recipient age1…', 'usage')
    return { passphrase }
  }
  const strange = recipient.find((it) => !/^age1[a-z0-9]{20,}$/.test(it))
  if (strange !== undefined) throw new Problem(`“${strange}” is no recipient, such as age1….`, 'usage')
  return { recipients: recipient }
}

export const openingOptions = {
  'passphrase-file': { type: 'string' },
  'identity-file': { type: 'string' },
} as const

interface OpeningValues {
  readonly 'passphrase-file'?: string
  readonly 'identity-file'?: string
}

/** What opens a bundle's secrets. */
export const openedByFrom = async (values: OpeningValues): Promise<OpenedBy> => {
  const { 'passphrase-file': file, 'identity-file': identityFile } = values
  if (identityFile !== undefined) {
    const lines = (await textOf(identityFile)).split('\n').map((line) => line.trim())
    const identity = lines.find((line) => line.startsWith('AGE-SECRET-KEY-'))
    if (identity === undefined) throw new Problem(`“${identityFile}” holds no AGE-SECRET-KEY-1….`, 'usage')
    return { identity }
  }
  const passphrase = (await givenPassphrase(file)) ?? (await asked('Passphrase of the bundle: '))
  if (passphrase === undefined)
    throw new Problem('Its contents are sealed: --passphrase-file FILE or --identity-file FILE opens them.', 'usage')
  return { passphrase }
}

const givenPassphrase = async (file: string | undefined): Promise<string | undefined> =>
  file === undefined ? process.env.PJAI_PASSPHRASE : requireText(file, (await textOf(file)).replace(/\r?\n$/, ''))

const requireText = (file: string, text: string) => {
  if (text === '') throw new Problem(`“${file}” is empty: it should hold the passphrase.`, 'usage')
  return text
}

const textOf = (file: string) =>
  readFile(pathFrom(file), 'utf8').catch(() => {
    throw new Problem(`“${file}” cannot be read.`, 'usage')
  })

const askedTwice = async () => {
  const first = await asked('Passphrase for the bundle: ')
  if (first === undefined) return undefined
  if (first !== (await asked('Once more: '))) throw new Problem('The two passphrases differ.', 'usage')
  return first
}

/** Not echoed; undefined where nobody sits. */
const asked = async (question: string): Promise<string | undefined> => {
  if (!process.stdin.isTTY) return undefined
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: true })
  const answer = await lines.question('')
  lines.close()
  process.stderr.write('\n')
  return answer === '' ? undefined : answer
}
