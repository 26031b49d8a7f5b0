/** By the id with which an address leads to it: `/settings#models`. */
export const settingsSections = {
  workspace: 'Workspace',
  models: 'Models',
  account: 'Account',
  link: 'Open on another device',
  workspaces: 'Workspaces on this device',
  devices: 'Devices',
  recovery: 'Recovery key',
  appearance: 'Appearance',
  storage: 'Storage',
  telemetry: 'How long you wait',
  keys: 'Keys',
  erase: 'Erase everything',
} as const

export type SettingsSection = keyof typeof settingsSections
