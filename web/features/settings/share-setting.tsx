import { Button, Group, Text, TextInput } from '@mantine/core'
import { Check, Copy, Eye, EyeOff } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { joinLink } from '#web/services/workspace-link.ts'
import { showRefusal } from '#web/ui/undo.tsx'
import classes from './settings.module.css'

const QrCode = lazy(() => import('#web/ui/qr-code.tsx').then(({ QrCode }) => ({ default: QrCode })))

/** Each link is made when it is asked for, and a secret: covered until then, so that a shared screen does not give one away. */
export const ShareSetting = () => {
  const [shown, setShown] = useState<string>()
  const [copied, setCopied] = useState(false)
  const withLink = async (use: (link: string) => unknown) => {
    const link = await joinLink()
    if (link instanceof Error) showRefusal(link)
    else await use(link)
  }
  const copy = () =>
    withLink((link) =>
      navigator.clipboard.writeText(link).then(
        () => setCopied(true),
        () => showRefusal(new Error('The browser did not let us copy. Show the link and copy it by hand.')),
      ),
    )
  return (
    <Group gap="sm" wrap="wrap">
      <TextInput
        flex="1 1 280px"
        aria-label="Link to this workspace"
        readOnly
        value={shown ?? `${location.origin}/join#${'•'.repeat(26)}`}
        classNames={{ input: classes.link ?? '' }}
        onFocus={({ currentTarget }) => shown !== undefined && currentTarget.select()}
      />
      <Button
        variant="default"
        leftSection={shown === undefined ? <Eye size={16} aria-hidden /> : <EyeOff size={16} aria-hidden />}
        onClick={() => void (shown === undefined ? withLink(setShown) : setShown(undefined))}
      >
        {shown === undefined ? 'Show' : 'Hide'}
      </Button>
      <Button
        leftSection={copied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
        onClick={() => void copy()}
      >
        {copied ? 'Copied' : 'Copy link'}
      </Button>
      {shown !== undefined && (
        <Group gap="md" w="100%" mt="xs" wrap="nowrap">
          <div className={classes.code}>
            <Suspense fallback={null}>
              <QrCode text={shown} label="The link as a QR code" size={codeSize} />
            </Suspense>
          </div>
          <Text size="sm" c="dimmed">
            Or point the camera of the other device at this. Whoever else sees it can use it as well: hide it when you
            are done.
          </Text>
        </Group>
      )}
    </Group>
  )
}

/** As `.code` has it: nothing moves when the code arrives. */
const codeSize = 192
