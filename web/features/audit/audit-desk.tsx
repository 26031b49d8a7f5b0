import { Alert, Badge, Button, Group, Progress, SegmentedControl, Stack, Text } from '@mantine/core'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { Audit } from '#web/services/audit/audits.ts'
import type { AuditFilter } from '#web/services/audit/filter-audit.ts'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import { LateSkeleton } from '#web/ui/late-skeleton.tsx'
import { exactTime } from '#web/ui/times.tsx'
import classes from './audit.module.css'
import { AuditCounts } from './audit-counts.tsx'
import { AuditEnded } from './audit-ended.tsx'
import { AuditEvents } from './audit-events.tsx'
import { AuditVerdicts } from './audit-verdicts.tsx'
import { ExportReport } from './export-report.tsx'
import { type AuditState, useAudit, useEnd } from './use-audit.ts'

interface AuditSearch extends AuditFilter {
  readonly persona?: string | undefined
  readonly view?: string | undefined
}

/** One log: verified on coming in, then its verdicts, and what its entries show without their keys. */
export const AuditDesk = ({ personaId }: { readonly personaId: string }) => {
  const { state, again, stop } = useAudit(personaId)
  if (state.step === 'opening') return <LateSkeleton />
  if (state.step === 'refused') return <AuditEnded personaId={personaId} why={state.why} onRetry={again} />
  return (
    <div className={classes.page}>
      <AuditHead state={state} onAgain={again} />
      {state.step === 'verifying' && <Verifying done={state.done} of={state.of} onStop={stop} />}
      {state.step === 'stopped' && (
        <Alert m="md" color="gray" title="The log was not verified to its end" role="alert">
          <Stack gap="sm" align="start">
            {state.why === undefined ? 'You stopped it. Nothing is said of it.' : state.why.message}
            <Button size="compact-sm" variant="default" onClick={again}>
              Verify it
            </Button>
          </Stack>
        </Alert>
      )}
      {state.step === 'verified' && <Verified {...state} />}
    </div>
  )
}

type Found = Extract<AuditState, { readonly audit: Audit }>

const AuditHead = ({ state, onAgain }: { readonly state: Found; readonly onAgain: () => void }) => {
  const { audit, step } = state
  const why = useEnd(audit)
  return (
    <>
      <div className={classes.head}>
        <HueAvatar name={audit.name} hue={audit.hue} size={32} />
        <div className={classes.name}>
          <h2 className={classes.title}>The log of {audit.name}</h2>
          <Group gap="xs">
            {audit.isRedacted && (
              <Badge variant="default" tt="none" fw={400}>
                redacted: nothing it says opens here
              </Badge>
            )}
            {audit.expiresAt !== null && (
              <Text size="sm" c="dimmed">
                ends on {exactTime(audit.expiresAt)}
              </Text>
            )}
          </Group>
        </div>
        {step === 'verified' && (
          <Group gap="sm">
            <Button size="compact-sm" variant="default" onClick={onAgain}>
              Verify again
            </Button>
            {why === undefined && <ExportReport {...state} />}
          </Group>
        )}
      </div>
      {why !== undefined && (
        <Alert mx="md" mb="sm" color="red" title="This audit has ended" role="alert">
          {why.message} Nothing more comes. What you exported stays yours.
        </Alert>
      )}
    </>
  )
}

interface VerifyingProps {
  readonly done: number
  readonly of: number
  readonly onStop: () => void
}

const Verifying = ({ done, of, onStop }: VerifyingProps) => (
  <Stack p="md" gap="sm" role="status">
    <Group justify="space-between">
      <Text size="sm">
        {of === 0
          ? 'Reading the log …'
          : `Verified ${done.toLocaleString()} of ${of.toLocaleString()} events in this browser`}
      </Text>
      <Button size="compact-sm" variant="default" onClick={onStop}>
        Stop
      </Button>
    </Group>
    <Progress value={of === 0 ? 0 : (done / of) * 100} aria-label="Verified events" />
  </Stack>
)

const Verified = ({ audit, verified }: Extract<AuditState, { readonly step: 'verified' }>) => {
  const search: AuditSearch = useSearch({ strict: false })
  const navigate = useNavigate()
  const change = (part: Partial<AuditSearch>) => {
    const next = Object.entries({ ...search, ...part }).filter(([, value]) => value !== undefined && value !== '')
    void navigate({ to: '/audit', search: Object.fromEntries(next) as Record<string, string>, replace: true }) // what is left are texts
  }
  const isEvents = search.view === 'events'
  return (
    <>
      <div className={classes.views}>
        <SegmentedControl
          size="xs"
          aria-label="What is shown"
          value={isEvents ? 'events' : 'verdict'}
          data={[
            { value: 'verdict', label: 'Verdict' },
            { value: 'events', label: `Events ${verified.structure.entries.length.toLocaleString()}` },
          ]}
          onChange={(view) => change({ view: view === 'events' ? view : undefined })}
        />
      </div>
      {isEvents ? (
        <AuditEvents structure={verified.structure} filter={search} onFilter={change} />
      ) : (
        <div className={classes.scroll}>
          <AuditVerdicts audit={audit} verified={verified} />
          <AuditCounts structure={verified.structure} onFilter={(part) => change({ ...part, view: 'events' })} />
        </div>
      )}
    </>
  )
}
