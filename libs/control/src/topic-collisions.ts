import type { MetadataImage } from "@moldau/metadata";

/**
 * Names that differ only in `.` and `_` would be one name in metrics. Yields a function that finds the existing topic a
 * new name collides with; it indexes the image once, and only where a name has one of the two characters.
 */
export function collisionsIn(image: MetadataImage): (name: string) => string | undefined {
  let index: Map<string, string> | undefined;
  return (name) => {
    if (!/[._]/.test(name)) return undefined;
    if (index === undefined) {
      index = new Map();
      for (const existing of image.topicsByName.keys()) {
        if (/[._]/.test(existing)) index.set(existing.replaceAll(".", "_"), existing);
      }
    }
    const flat = name.replaceAll(".", "_");
    const found = index.get(flat);
    if (found === undefined) index.set(flat, name);
    return found;
  };
}
