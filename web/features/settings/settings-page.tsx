import type { ReactNode } from 'react'
import { AccountSetting } from './account-setting.tsx'
import { DevicesSetting } from './devices-setting.tsx'
import { EraseSetting } from './erase-setting.tsx'
import { JoinSetting } from './join-setting.tsx'
import { NameSetting } from './name-setting.tsx'
import { RecoverySetting } from './recovery-setting.tsx'
import { Section } from './section.tsx'
import classes from './settings.module.css'
import { ShareSetting } from './share-setting.tsx'
import { StorageSetting } from './storage-setting.tsx'
import { TelemetrySetting } from './telemetry-setting.tsx'
import { ThemeSetting } from './theme-setting.tsx'

interface SettingsPageProps {
  /** The list of all keys, which only the shell knows. */
  readonly keys: ReactNode
  /** Which personas are no more. */
  readonly erasures: ReactNode
  /** The accounts with which personas answer by a model. */
  readonly models: ReactNode
}

export const SettingsPage = ({ keys, erasures, models }: SettingsPageProps) => (
  <div className={classes.page}>
    <Section id="workspace">
      <NameSetting />
    </Section>
    <Section
      id="models"
      text="Who answers besides the persona’s own memory: servers on this device, or providers. Accounts are in your workspace, on all devices; keys are on this one."
    >
      {models}
    </Section>
    <Section
      id="account"
      text="Whoever is signed in to it has what is yours. To read it takes the keys as well, which no server has."
    >
      <AccountSetting />
    </Section>
    <Section
      id="link"
      text="A link makes one other device yours, once, within ten minutes: it can read and write everything. It holds the secret that opens your logs, which no server sees. Send it only to yourself."
    >
      <ShareSetting />
    </Section>
    <Section id="workspaces" text="Changing over loses nothing: each keeps its logs here.">
      <JoinSetting />
    </Section>
    <Section
      id="devices"
      text="Whatever is signed in to your account reads and writes. What you sign out gets nothing new from then on, and keeps what it has."
    >
      <DevicesSetting />
    </Section>
    <Section
      id="recovery"
      text="Twelve words that open everything on a new device when no other is left. Without them, nobody can: the server cannot read what it keeps."
    >
      <RecoverySetting />
    </Section>
    <Section id="appearance">
      <ThemeSetting />
    </Section>
    <Section id="storage" text="Everything is kept in this browser first.">
      <StorageSetting />
    </Section>
    <Section
      id="telemetry"
      text="Whoever runs a server can ask it to measure how long people wait, and how often something fails: in numbers, which name nobody and nothing you have."
    >
      <TelemetrySetting />
    </Section>
    <Section id="keys">{keys}</Section>
    <Section
      id="erase"
      text="Every persona, the workspace, the account and its devices, on the server and here. Other devices are told, and keep what they have until it is removed there."
    >
      {erasures}
      <EraseSetting />
    </Section>
  </div>
)
