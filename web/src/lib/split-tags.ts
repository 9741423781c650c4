/** Tags as they are typed: separated by commas or spaces, each once. */
export const splitTags = (text: string): string[] => [...new Set(text.split(/[,\s]+/).filter(Boolean))];
