/** What can be exported, and how a cloth can be looked at: apart from the commands, so that help comes at once. */

export const exportFormats = ['wif', 'dtx', 'png', 'svg', 'pbm', 'cloth', 'label'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export const clothViews = ['cloth', 'drawdown', 'draft'] as const;
export type ClothView = (typeof clothViews)[number];
