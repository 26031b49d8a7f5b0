import { mergePersonas } from '#schema/imports/merge-plans.ts'
import type { ImportOptions, ImportPlan, PlannedPersona } from '#schema/imports/plan.ts'
import { fileLimit, planImportSteps } from '#schema/imports/plan-import.ts'
import { FileTooLarge } from '#schema/imports/refusals.ts'
import { foundRow, type ProofRow, plannedRows, proofOf } from '#schema/stores/import-check.ts'
import { importEvents } from '#schema/stores/import-events.ts'
import type {
  Ask,
  ChosenFile,
  FactsWanted,
  FileRefused,
  ImportCalls,
  NextFact,
  PlanOutline,
} from './import-protocol.ts'
import { answerCalls, tell } from './worker-calls.ts'

// Reads files and makes facts of them, so that the page never waits. It ends when the wizard does.

let personas: readonly PlannedPersona[] = []
let facts: Iterator<NextFact['fact']> | undefined
let planned: readonly ProofRow[] = []
let found: ProofRow[] = []

const answerTo = (ask: Ask) => {
  switch (ask.call) {
    case 'plan':
      return plan(ask.asked.files, ask.asked)
    case 'begin':
      return begin(ask.asked)
    case 'next':
      return next()
    case 'found':
      return keep(ask.asked)
    case 'prove':
      return proofOf(planned, found)
  }
}

const plan = async (
  files: readonly ChosenFile[],
  options: Pick<ImportOptions, 'workspaceId' | 'now'>,
): Promise<PlanOutline> => {
  const refused: FileRefused[] = []
  const plans: { key: string; plan: ImportPlan }[] = []
  for (const chosen of files) {
    const planOrRefusal = await planOf(chosen, options)
    if (planOrRefusal instanceof Error) refused.push({ fileName: chosen.file.name, reason: planOrRefusal.message })
    else plans.push({ key: chosen.key, plan: planOrRefusal })
  }
  personas = mergePersonas(plans.map(({ plan }) => plan))
  return {
    personas: personas.map(({ personaId, draft, conversations, messages, memories }) => {
      const sources = plans.filter(({ plan }) => plan.personas.some((persona) => persona.personaId === personaId))
      return {
        personaId,
        draft,
        formats: [...new Set(sources.map(({ plan }) => plan.format))],
        fileKeys: sources.map(({ key }) => key),
        conversationIds: conversations.map(({ conversationId }) => conversationId),
        messageIds: messages.map(({ messageId }) => messageId),
        conversationOfMessages: messages.map(({ conversationId }) => conversationId),
        memoryIds: memories.map(({ memoryId }) => memoryId),
      }
    }),
    rejected: plans.flatMap(({ plan }) => plan.rejected),
    notes: plans.flatMap(({ plan }) => plan.notes),
    refused,
  }
}

const planOf = async ({ file, intoPersonaId }: ChosenFile, options: Pick<ImportOptions, 'workspaceId' | 'now'>) => {
  if (file.size > fileLimit) return new FileTooLarge({ where: file.name, limit: fileLimit })
  const bytes = await file.arrayBuffer().catch(() => undefined)
  if (bytes === undefined) return new FileUnreadable(file.name)
  const { workspaceId, now } = options
  const into = intoPersonaId === null ? {} : { intoPersonaId }
  const steps = planImportSteps(new Uint8Array(bytes), file.name, { workspaceId, now, ...into })
  let saidAt = 0
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    if (performance.now() - saidAt < 100) continue
    saidAt = performance.now()
    tell({ fileName: file.name, progress: step.value })
  }
}

class FileUnreadable extends Error {
  readonly _tag = 'FileUnreadable'
  constructor(fileName: string) {
    super(`“${fileName}” could not be read. It may have been moved, or changed since it was chosen. Choose it again.`)
  }
}

const begin = ({ personaId, importId, stamp, known, name }: FactsWanted) => {
  const persona = personas.find((persona) => persona.personaId === personaId)
  if (persona === undefined) throw new Error(`The plan has no persona ${personaId}.`)
  facts = importEvents({ ...persona, draft: { ...persona.draft, name } }, importId, stamp, known)
  planned = plannedRows(persona, known)
  found = []
  return null
}

const next = (): NextFact | null => {
  const step = facts?.next()
  if (step === undefined || step.done === true) return null
  return { fact: { name: step.value.name, args: step.value.args }, rows: rowsOf(step.value.args) }
}

const keep = ({ kind, rows }: ImportCalls['found'][0]) => {
  for (const row of rows) found.push(foundRow(kind, row))
  return null
}

const rowsOf = (args: unknown): number => {
  const { conversations, messages, memories } = args as Readonly<Record<string, readonly unknown[] | undefined>> // facts of an import carry lists
  return (conversations ?? messages ?? memories ?? []).length
}

answerCalls(answerTo)
