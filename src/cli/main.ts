export const main = async (_args: string[]): Promise<number> => 0;
