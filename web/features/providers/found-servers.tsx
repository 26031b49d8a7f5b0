import { Button, Text } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import type { ProviderAccount } from '#schema/providers/queries.ts'
import { findLocalServers, type LocalServer, mayLookAround } from '#web/services/models/local-servers.ts'
import type { Preset } from './presets.ts'
import classes from './providers.module.css'

interface FoundServersProps {
  readonly accounts: readonly ProviderAccount[]
  readonly onAdd: (preset: Preset) => void
}

/** Model servers that run on this device and are no account yet. */
export const FoundServers = ({ accounts, onAdd }: FoundServersProps) => {
  const [servers, setServers] = useState<readonly LocalServer[]>()
  const look = useCallback(() => {
    const aborted = new AbortController()
    void findLocalServers(aborted.signal).then((found) => {
      if (!aborted.signal.aborted) setServers(found)
    })
    return () => aborted.abort()
  }, [])
  useEffect(() => (mayLookAround() ? look() : undefined), [look])

  const known = new Set(accounts.map(({ baseUrl }) => baseUrl.replace('127.0.0.1', 'localhost')))
  const others = (servers ?? []).filter(({ baseUrl }) => !known.has(baseUrl))
  if (servers === undefined && !mayLookAround())
    return (
      <Button variant="default" size="compact-sm" onClick={look}>
        Look for servers on this device
      </Button>
    )
  if (others.length === 0) return null
  return (
    <ul className={classes.found} aria-label="Found on this device">
      {others.map(({ name, baseUrl, found }) => (
        <li key={baseUrl} className={classes.row}>
          <div className={classes.who}>
            <Text size="sm" fw={600}>
              {name}, on this device
            </Text>
            <Text size="sm" c="dimmed">
              {found instanceof Error
                ? found.message
                : found.length === 1
                  ? `${baseUrl} · 1 model`
                  : `${baseUrl} · ${found.length.toLocaleString()} models`}
            </Text>
          </div>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={`Add ${name}`}
            onClick={() => onAdd({ name, kind: 'openai-compatible', baseUrl })}
          >
            Add
          </Button>
        </li>
      ))}
    </ul>
  )
}
