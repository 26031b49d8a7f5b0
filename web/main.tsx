import '@fontsource-variable/inter'
import '@fontsource-variable/jetbrains-mono'
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import './main.css'
import { MantineProvider } from '@mantine/core'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { SingleTab } from './livestore/single-tab.tsx'
import { router } from './router.tsx'
import { owed } from './services/tasks/owed.ts'
import { theme } from './theme.ts'
import { Toasts } from './ui/toasts.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('The page has no place to render.')

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Toasts />
      <Suspense fallback={null}>
        <SingleTab>
          <RouterProvider router={router} />
        </SingleTab>
      </Suspense>
    </MantineProvider>
  </StrictMode>,
)

// Another tab erased everything: what this one shows is no more.
window.addEventListener('storage', ({ key }) => {
  if (key === null) location.assign('/')
})

// What was asked and not answered when the page closed is answered, wherever the person is now.
const owedIds = owed.personaIds()
if (owedIds.length > 0) {
  setTimeout(async () => {
    const { startTasks } = await import('./services/tasks/start-tasks.ts')
    for (const personaId of owedIds) startTasks(personaId).catch(console.error)
  }, 2000)
}
