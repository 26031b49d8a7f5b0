import { PersonasPage } from '#web/features/personas/personas-page.tsx'

export default function Personas() {
  return <PersonasPage />
}
