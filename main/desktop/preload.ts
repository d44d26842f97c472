import { contextBridge, ipcRenderer } from 'electron';
import { eventNames, methodNames } from '../../shared/rpc/names.ts';
import { callChannel, eventChannel } from './channels.ts';

contextBridge.exposeInMainWorld('guestward', {
  async call(method: string, params: unknown) {
    const known = methodNames.find((name) => name === method);
    if (known === undefined) throw new Error('There is no such method.');
    return ipcRenderer.invoke(callChannel, known, params);
  },
  on(event: string, listener: (payload: unknown) => void) {
    const known = eventNames.find((name) => name === event);
    if (known === undefined) throw new Error('There is no such event.');
    const tell = (_: unknown, payload: unknown) => listener(payload);
    ipcRenderer.on(eventChannel(known), tell);
    return () => void ipcRenderer.off(eventChannel(known), tell);
  },
});
