/** The families of Guestward's two tables. */
export const tableFamilies = ['bridge', 'inet'] as const;
export type TableFamily = (typeof tableFamilies)[number];
