import { SignInPage } from '#web/features/settings/sign-in-page.tsx'

export default function SignIn() {
  return <SignInPage />
}
