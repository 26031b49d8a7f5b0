import { Group, Slider, Text } from '@mantine/core'
import { useState } from 'react'
import type { Memory } from '#schema/memories/state.ts'
import { usePersonaStore } from '#web/livestore/store-views.tsx'
import { useMayWrite } from '#web/livestore/use-right.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import { memoryText, revise } from './memory-acts.ts'

/** Moves freely under the hand; one fact is written when it is let go. */
export const ImportanceSlider = ({ memory }: { readonly memory: Memory }) => {
  const store = usePersonaStore()
  const [held, setHeld] = useState<number | null>(null)
  const mayWrite = useMayWrite()
  const importance = held ?? memory.importance
  const decide = (importance: number) => {
    setHeld(null)
    const text = memoryText(store, memory.memoryId)
    if (text !== null) showRefusal(revise(store, text, { ...text, importance }))
  }
  return (
    <Group gap="md" wrap="nowrap">
      <Text size="sm" c="dimmed" w={88} flex="none">
        Importance
      </Text>
      <Slider
        flex={1}
        size="sm"
        thumbLabel="Importance"
        label={null}
        min={0}
        max={1}
        step={0.05}
        disabled={memory.forgottenAt !== null || !mayWrite}
        value={importance}
        onChange={setHeld}
        onChangeEnd={decide}
      />
      <Text size="sm" w={44} ta="end" style={{ fontVariantNumeric: 'tabular-nums' }}>
        {Math.round(importance * 100)} %
      </Text>
    </Group>
  )
}
