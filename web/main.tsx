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
import { workOffline } from './offline.ts'
import { router } from './router.tsx'
import { makeQuestions } from './services/questions.ts'
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

workOffline()

// Another tab erased everything: what this one shows is no more.
window.addEventListener('storage', ({ key }) => {
  if (key === null) location.assign('/')
})

// What was asked and not answered when the page closed is answered, wherever the person is now.
if (makeQuestions(localStorage).all().length > 0) {
  setTimeout(() => void import('./services/start-responder.ts').then(({ startResponder }) => startResponder()), 2000)
}
