import { offerAgain, setAsideAndRefetch, setAsides } from '#web/livestore/recovery.ts'
import { acceptHistory } from './keep-history.ts'

/**
 * Takes the server's history in the place of this device's, and offers it what it lacks. What is set aside stays so if
 * this is cut short, and can be offered from the list of those. Gives how many events were offered.
 */
export const fetchAgainOfferMine = async (storeId: string): Promise<number> => {
  await setAsideAndRefetch(storeId, 'The server’s history contradicted what was seen.', 'all')
  await acceptHistory(storeId)
  let offered = 0
  for (const aside of await setAsides()) if (aside.storeId === storeId) offered += await offerAgain(aside)
  return offered
}
