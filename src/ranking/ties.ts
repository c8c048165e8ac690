/** How equal scores rank: 1224, 1334, 1223 or in the order given. */
export const TIES = ['min', 'max', 'dense', 'order'] as const;
export type Ties = (typeof TIES)[number];
