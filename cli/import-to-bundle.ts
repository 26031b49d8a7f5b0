import { mergePersonas } from '#schema/imports/merge-plans.ts'
import { idFrom, pathFrom } from './arguments.ts'
import { writeBundleFile } from './bundle-file.ts'
import { personaToBundle } from './import-bundle.ts'
import { type ImportReport, type PlannedFile, planFile, reportForPeople, reportOf } from './import-files.ts'
import { localKey } from './local-key.ts'
import { type SealingValues, sealedForFrom } from './passphrase.ts'
import { Problem } from './problem.ts'

interface ImportValues extends SealingValues {
  readonly out: string
  readonly key?: string
  readonly into?: string
  readonly json: boolean
}

/** Files of any kind that can be imported, as a bundle that a key of one's own signed. No server takes part. */
export const importToBundle = async (paths: readonly string[], values: ImportValues): Promise<number> => {
  const { key: keyFile, into, json } = values
  if (keyFile === undefined) throw new Problem('Say what signs it: --key FILE; it is made when there is none.', 'usage')
  const sealedFor = await sealedForFrom(values)
  const now = new Date()
  const options = {
    workspaceId: 'bundle',
    now,
    ...(into === undefined ? {} : { intoPersonaId: idFrom(into, 'persona') }),
  }
  const files: PlannedFile[] = []
  for (const path of paths) files.push(await planFile(path, options))
  const report = reportOf(files)
  const [persona, ...others] = mergePersonas(files.flatMap(({ plan }) => plan ?? []))
  if (persona === undefined || others.length > 0) {
    say(files, report, json ? {} : undefined)
    if (persona === undefined) return 1
    throw new Problem(`These are ${others.length + 1} personas, and a bundle holds one: --into ID makes them one.`)
  }
  const key = await localKey(pathFrom(keyFile))
  const out = pathFrom(values.out)
  const { counts } = await writeBundleFile(out, () => personaToBundle(persona, { key, sealedFor, now }))
  say(files, report, json ? { out, serverKey: key.publicKey } : undefined)
  if (!json) console.log(`\n${out}: ${counts.events} events, signed by ${key.publicKey}`)
  return 0
}

const say = (files: readonly PlannedFile[], report: ImportReport, asJson: object | undefined) => {
  const notes = files.flatMap(({ plan }) => plan?.notes ?? [])
  console.log(asJson === undefined ? reportForPeople(report, notes) : JSON.stringify({ ...report, ...asJson }))
}
