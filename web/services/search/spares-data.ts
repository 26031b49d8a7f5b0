/** Whether the person told the browser to spare data: then no log is fetched for search before somebody searches. */
export const sparesData = (browser: object): boolean => {
  if (!('connection' in browser)) return false // not in every browser
  const { connection } = browser
  return (
    typeof connection === 'object' && connection !== null && 'saveData' in connection && connection.saveData === true
  )
}
