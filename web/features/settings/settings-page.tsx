import type { ReactNode } from 'react'
import { DevicesSetting } from './devices-setting.tsx'
import { JoinSetting } from './join-setting.tsx'
import { NameSetting } from './name-setting.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { ShareSetting } from './share-setting.tsx'
import { StorageSetting } from './storage-setting.tsx'
import { ThemeSetting } from './theme-setting.tsx'

/** `keys`: the list of all keys, which only the shell knows. */
export const SettingsPage = ({ keys }: { readonly keys: ReactNode }) => (
  <div className={classes.page}>
    <Section title="Workspace">
      <NameSetting />
    </Section>
    <Section
      title="Open on another device"
      text="Whoever has this link has the workspace: every persona, every memory, every talk, to read and to write. It holds the secret that opens them, which no server sees, and it cannot be taken back. Send it only to yourself."
    >
      <ShareSetting />
    </Section>
    <Section title="Workspaces on this device" text="Changing over loses nothing: each keeps its logs here.">
      <JoinSetting />
    </Section>
    <Section title="Devices" text="Every browser that opened this workspace.">
      <DevicesSetting />
    </Section>
    <Section title="Appearance">
      <ThemeSetting />
    </Section>
    <Section title="Storage" text="Everything is kept in this browser first.">
      <StorageSetting />
    </Section>
    <Section title="Keys">{keys}</Section>
  </div>
)
