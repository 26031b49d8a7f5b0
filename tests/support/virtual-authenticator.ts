import type { Page } from '@playwright/test'

/** What a person unlocks: it lives as long as the page, through every address and an emptied profile. */
export interface VirtualAuthenticator {
  /** As a password manager does: the same passkeys on another device. Their secrets (`prf`) do not come along. */
  readonly carryTo: (page: Page) => Promise<void>
}

/** Answers WebAuthn in this page as a phone or a laptop does whose person is there and recognised. */
export const addAuthenticator = async (page: Page, { hasPrf = false } = {}): Promise<VirtualAuthenticator> => {
  const { cdp, authenticatorId } = await authenticatorIn(page, hasPrf)
  return {
    carryTo: async (other) => {
      const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
      const next = await authenticatorIn(other, hasPrf)
      for (const credential of credentials)
        await next.cdp.send('WebAuthn.addCredential', { authenticatorId: next.authenticatorId, credential })
    },
  }
}

const authenticatorIn = async (page: Page, hasPrf: boolean) => {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      ctap2Version: 'ctap2_1',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      hasPrf,
    },
  })
  return { cdp, authenticatorId }
}
