import { Text } from '@mantine/core'
import { CircleCheck, CircleX } from 'lucide-react'
import { type Finding, findingSentence, weightOf } from '#proof/findings.ts'
import type { Audit } from '#web/services/audit/audits.ts'
import type { VerifiedAudit } from '#web/services/audit/verify-audit.ts'
import classes from './audit.module.css'

interface AuditVerdictsProps {
  readonly audit: Audit
  readonly verified: VerifiedAudit
}

/** The two verdicts, what is behind them, and every finding in words. */
export const AuditVerdicts = ({ audit, verified }: AuditVerdictsProps) => {
  const { isIntact, isComplete, findings, unsaid, head, events, foundLater } = verified
  return (
    <>
      <div className={classes.verdicts}>
        <Verdict
          isGood={isIntact}
          word={isIntact ? 'Intact' : 'Not intact'}
          text={
            isIntact
              ? 'What is there is what was accepted, in its order, as everybody saw it who attests it.'
              : 'What is there is not what was accepted.'
          }
        />
        <Verdict
          isGood={isComplete}
          word={isComplete ? 'Complete' : 'Not complete'}
          text={
            isComplete
              ? 'Nothing is missing that anybody attests, up to the last event.'
              : 'Something that is attested is missing, or nothing attests the end.'
          }
        />
      </div>
      <ul className={classes.facts}>
        <li>
          {events === 0
            ? 'The log is empty.'
            : `${events.toLocaleString()} events were read and their hashes made anew in this browser.`}{' '}
          {foundLater > 0 &&
            `Of ${foundLater.toLocaleString()} the server cannot say who sent them: it found them in the log later.`}
        </li>
        <li>{witnessWords(audit)}</li>
        {head !== null && (
          <li>
            Up to event {head.seq.toLocaleString()} its hash is <code className={classes.hash}>{head.hash}</code>
          </li>
        )}
      </ul>
      {findings.length > 0 && (
        <section aria-labelledby="findings">
          <h3 id="findings" className={classes.subtitle}>
            Findings {(findings.length + unsaid).toLocaleString()}
          </h3>
          <ul className={classes.findings}>
            {findings.slice(0, shownFindings).map((finding) => (
              <li key={JSON.stringify(finding)} data-weight={weightOf(finding)}>
                {weightWords(finding)}
                {findingSentence(finding)}
              </li>
            ))}
          </ul>
          {findings.length + unsaid > shownFindings && (
            <Text size="sm" c="dimmed">
              The report lists more of them.
            </Text>
          )}
        </section>
      )}
    </>
  )
}

const Verdict = ({
  isGood,
  word,
  text,
}: {
  readonly isGood: boolean
  readonly word: string
  readonly text: string
}) => {
  const Icon = isGood ? CircleCheck : CircleX
  return (
    <section className={classes.verdict} data-good={isGood || undefined} aria-label={word}>
      <Icon size={20} aria-hidden />
      <div>
        <Text fw={600}>{word}</Text>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
      </div>
    </section>
  )
}

const witnessWords = ({ witness: { serverKey, anchors }, seen }: Audit): string => {
  const key =
    serverKey === null
      ? 'The key of the server is known from the server alone.'
      : 'The owner vouches for the key that the server signs with.'
  const anchor =
    anchors.length === 0
      ? ' No device of the owner has signed for the log: the verdicts are as good as the server’s word.'
      : ' It was held against what a device of the owner verified and signed.'
  return `${key}${anchor}${seen === null ? '' : ' It was held against what this device saw before.'}`
}

const weightWords = (finding: Finding) =>
  ({ broken: 'Broken: ', incomplete: 'Incomplete: ', remark: 'Remark: ' })[weightOf(finding)]

const shownFindings = 100
