/** What has to be said of a NIC that is bound but is no port of a bridge. */
export function apartNote(device: string): string {
  return `${device} is in no bridge, where filters work: nothing of it is filtered until it is.`;
}
