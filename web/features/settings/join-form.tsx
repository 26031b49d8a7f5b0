import { Button, Group, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { invitationIn } from '#sealing/workspace-link.ts'

/** Takes the link that another device shows. */
export const JoinForm = ({ label }: { readonly label: string }) => {
  const navigate = useNavigate()
  const [link, setLink] = useState('')
  const [error, setError] = useState<string>()
  const join = (event: FormEvent) => {
    event.preventDefault()
    if (invitationIn(link) === undefined)
      return setError('This is no link to a workspace, or not all of it. Copy it again on the other device.')
    return void navigate({ to: '/join', hash: link.trim().split('#').at(-1) ?? '' })
  }
  return (
    <form onSubmit={join} noValidate>
      <Group gap="sm" align="end">
        <TextInput
          flex="1 1 240px"
          label={label}
          placeholder="Paste the link from the other device"
          value={link}
          onChange={({ currentTarget }) => {
            setLink(currentTarget.value)
            setError(undefined)
          }}
          error={error}
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={link.trim() === ''}>
          Join
        </Button>
      </Group>
    </form>
  )
}
