import { Kbd, Modal } from '@mantine/core'
import classes from './shell-help.module.css'
import { keyLabels, shortcutGroups } from './shortcut-list.ts'

export const ShellHelp = ({ onClose }: { readonly onClose: () => void }) => (
  <Modal opened onClose={onClose} title="Keys" closeButtonProps={{ 'aria-label': 'Close' }} size="lg">
    <KeyList />
  </Modal>
)

export const KeyList = () => (
  <div className={classes.groups}>
    {shortcutGroups.map(({ title, shortcuts }) => (
      <section key={title}>
        <h3 className={classes.title}>{title}</h3>
        <dl className={classes.keys}>
          {shortcuts.map(({ keys, says }) => (
            <div key={keys} className={classes.key}>
              <dt>{says}</dt>
              <dd>
                {keyLabels(keys).map((label) => (
                  <Kbd key={label} size="xs" className={classes.cap ?? ''}>
                    {label}
                  </Kbd>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    ))}
  </div>
)
