import { Button, Group, Text, TextInput } from '@mantine/core'
import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import classes from './link-field.module.css'
import { showRefusal } from './undo.tsx'

/** An address that is to be sent to somebody. */
export const LinkField = ({ address }: { readonly address: string }) => {
  const [copied, setCopied] = useState(false)
  const copy = () =>
    navigator.clipboard.writeText(address).then(
      () => setCopied(true),
      () => showRefusal(new Error('The browser did not let us copy. Select the link and copy it by hand.')),
    )
  return (
    <div className={classes.link}>
      <Group gap="sm" wrap="nowrap">
        <TextInput
          flex={1}
          miw={0}
          size="xs"
          aria-label="Link to send"
          readOnly
          value={address}
          classNames={{ input: classes.address ?? '' }}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <Button
          size="xs"
          flex="none"
          leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
          onClick={() => void copy()}
        >
          {copied ? 'Copied' : 'Copy link'}
        </Button>
      </Group>
      <Text size="xs" c="dimmed" mt="xs">
        Only this link opens it. Send it where only they can read it.
      </Text>
    </div>
  )
}
