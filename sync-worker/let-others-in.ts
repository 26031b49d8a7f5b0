/**
 * Between two pieces of long work. Objects that only ask each other keep a process that they share with all others busy:
 * it hears no request until one of them waits for something outside.
 */
export const letOthersIn = (): Promise<void> => scheduler.wait(1)
