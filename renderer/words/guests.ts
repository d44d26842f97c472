export const guests = { guests: {} } as const;
