import { Drawer } from '@mantine/core'
import { ShellRail } from './shell-rail.tsx'

/** The rail, as a sheet: on a phone one switches personas and rooms here. */
export const ShellSheet = ({ onClose }: { readonly onClose: () => void }) => (
  <Drawer
    opened
    onClose={onClose}
    position="bottom"
    size="80%"
    title="Personas and rooms"
    closeButtonProps={{ 'aria-label': 'Close' }}
    styles={{ content: { borderRadius: '16px 16px 0 0' }, body: { padding: 0 } }}
    // Whatever is gone to, the sheet has done its work.
    onClick={({ target }) => {
      if (target instanceof Element && target.closest('a') !== null) onClose()
    }}
  >
    <ShellRail />
  </Drawer>
)
