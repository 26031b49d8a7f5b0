import { Button } from '@mantine/core'
import { Link, useSearch } from '@tanstack/react-router'
import { keptAudits } from '#web/services/audit/kept-audits.ts'
import { EmptyState } from '#web/ui/empty-state.tsx'
import { HueAvatar } from '#web/ui/hue-avatar.tsx'
import classes from './audit.module.css'
import { AuditDesk } from './audit-desk.tsx'

/** Where an auditor verifies a persona's log in his own browser. */
export const AuditPage = () => {
  const { persona }: Readonly<Record<string, string | undefined>> = useSearch({ strict: false })
  return persona === undefined ? <OpenedAudits /> : <AuditDesk key={persona} personaId={persona} />
}

const OpenedAudits = () => {
  const audits = keptAudits()
  if (audits.length === 0)
    return (
      <EmptyState
        title="No audit was opened on this device"
        text="Who owns a persona can make a link for an auditor, who verifies the log without trusting the server. Open the one that was sent to you."
        action={<Button renderRoot={(props) => <Link {...props} to="/" />}>Go home</Button>}
      />
    )
  return (
    <div className={classes.scroll}>
      <h2 className={classes.title}>Audits opened on this device</h2>
      <ul className={classes.rows}>
        {audits.map(({ personaId, name, hue }) => (
          <li key={personaId}>
            <Link to="/audit" search={{ persona: personaId }} className={classes.opened ?? ''}>
              <HueAvatar name={name} hue={hue} size={24} />
              {name}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
