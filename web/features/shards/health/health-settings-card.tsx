import { Button, Group, NumberInput, Paper, Text, Title } from '@mantine/core'
import { useState } from 'react'
import type { HealthSettings } from '#schema/health/wire.ts'
import { ChangeList } from '#web/features/shards/change-list.tsx'
import { changeHealthSettings, healthSettingsChanges } from '#web/services/cells/health-calls.ts'
import { useTold } from '#web/services/cells/watch.ts'
import { settingsWatch } from '#web/services/cells/watches.ts'
import { showDone, showRefusal } from '#web/ui/undo.tsx'

/** How often cells are checked and stores report; and who changed that when. */
export const HealthSettingsCard = ({ mayOperate }: { readonly mayOperate: boolean }) => {
  const { value } = useTold(settingsWatch)
  if (value === undefined) return null
  return (
    <Paper component="section" withBorder p="md" aria-label="Checks and reports">
      <Title order={2} size="md" lh="md" mb="sm">
        Checks and reports
      </Title>
      {mayOperate ? (
        <Fields key={JSON.stringify(value)} settings={value} />
      ) : (
        <Text size="sm">{settingsWords(value)}</Text>
      )}
    </Paper>
  )
}

const Fields = ({ settings }: { readonly settings: HealthSettings }) => {
  const [draft, setDraft] = useState<Draft>(settings)
  const [isSaving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    const refusal = await changeHealthSettings(draft)
    setSaving(false)
    if (!showRefusal(refusal)) showDone('Checks and reports are changed.')
    void settingsWatch.ask()
  }
  const field = (key: keyof HealthSettings, label: string, max: number) => (
    <NumberInput
      label={label}
      w={200}
      min={1}
      max={max}
      allowDecimal={false}
      value={draft[key]}
      onChange={(value) => setDraft({ ...draft, [key]: Number(value) })}
    />
  )
  const isChanged = JSON.stringify(draft) !== JSON.stringify(settings)
  return (
    <>
      <Group gap="md" align="end" mb="md">
        {field('checkEveryMinutes', 'Check cells every … minutes', 1440)}
        {field('reportEveryMinutes', 'Stores report every … minutes', 60)}
        <Button variant="default" disabled={!isChanged} loading={isSaving} onClick={() => void save()}>
          Save
        </Button>
      </Group>
      <ChangeList load={healthSettingsChanges} wordsOf={({ settings }) => settingsWords(settings)} />
    </>
  )
}

type Draft = Readonly<Record<keyof HealthSettings, number>>

const settingsWords = ({ checkEveryMinutes, reportEveryMinutes }: HealthSettings): string =>
  `Cells are checked every ${checkEveryMinutes} min, stores report every ${reportEveryMinutes} min`
