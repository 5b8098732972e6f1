// The size of an element without its scrollbars, renewed when it changes.
import { useLayoutEffect, useState, type RefObject } from "react";

export interface Size {
  widthPx: number;
  heightPx: number;
}

export function useSize(element: RefObject<HTMLElement | null>): Size {
  const [size, setSize] = useState<Size>({ widthPx: 0, heightPx: 0 });
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const look = () => {
      const widthPx = current.clientWidth;
      const heightPx = current.clientHeight;
      setSize((now) => (now.widthPx === widthPx && now.heightPx === heightPx ? now : { widthPx, heightPx }));
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(current);
    return () => observer.disconnect();
  }, [element]);
  return size;
}
