import { Button, Group, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { FileArchive, GitCompareArrows, RotateCw } from 'lucide-react'
import { usePersonaId } from '#web/livestore/store-views.tsx'
import { personaStoreId } from '#web/livestore/stores.ts'
import { ProgressView } from '#web/ui/progress-view.tsx'
import { TryAgainState } from '#web/ui/try-again-state.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { problemsIn } from './problems.ts'
import { StateHashes } from './state-hashes.tsx'
import { useVerification } from './use-verification.ts'
import classes from './verify.module.css'
import { soundSentence, stepTitles } from './verify-sentences.ts'
import { VerifySteps } from './verify-steps.tsx'

/** Runs everything that can be verified of a persona, and says what came of it. */
export const VerifyRoom = () => {
  const personaId = usePersonaId()
  const storeId = personaStoreId(personaId)
  const { report, progress, state, again, stop } = useVerification(storeId)
  const problems = problemsIn(report)
  if (state instanceof Error)
    return (
      <TryAgainState
        title="The verification could not be run"
        text={`${state.message} Nothing was changed.`}
        onTryAgain={again}
      />
    )
  return (
    <div className={classes.page}>
      {state === 'running' ? (
        <ProgressView
          title={stepTitles[progress?.step ?? 'rebuild']}
          count={
            progress === null
              ? 'Reading the log'
              : `${progress.done.toLocaleString()} of ${progress.of.toLocaleString()}`
          }
          part={progress === null || progress.of === 0 ? 0 : progress.done / progress.of}
          stop={{ label: 'Cancel', onClick: stop }}
        />
      ) : (
        <div className={classes.verdict}>
          <Text role="status" size="md" lh="24px">
            {state === 'stopped'
              ? 'Stopped. What was looked at until then stands below.'
              : verdictOf(problems.length, report)}
          </Text>
          <Button variant="default" leftSection={<RotateCw size={16} aria-hidden />} onClick={again}>
            Verify again
          </Button>
        </div>
      )}
      {problems.map((problem) => (
        <ProblemNotice key={problem.title} storeId={storeId} problem={problem} onMended={again} />
      ))}
      <VerifySteps report={report} isRunning={state === 'running'} />
      {report.state !== undefined && <StateHashes state={report.state} waiting={waitingOf(report)} />}
      <Group gap="sm">
        <Button
          variant="default"
          size="xs"
          leftSection={<GitCompareArrows size={14} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/p/$personaId/compare" params={{ personaId }} />}
        >
          Compare two states
        </Button>
        <Button
          variant="default"
          size="xs"
          leftSection={<FileArchive size={14} aria-hidden />}
          renderRoot={(props) => <Link {...props} to="/p/$personaId/bundle" params={{ personaId }} />}
        >
          Export as a bundle
        </Button>
      </Group>
    </div>
  )
}

type Report = ReturnType<typeof useVerification>['report']

const verdictOf = (problems: number, report: Report): string => {
  if (problems === 0) return soundSentence(report)
  return problems === 1 ? 'One thing is not as it should be.' : `${problems} things are not as they should be.`
}

/** Events that no bundle has yet. */
const waitingOf = ({ overview }: Report) => (overview === undefined ? 0 : overview.head - overview.confirmed)
