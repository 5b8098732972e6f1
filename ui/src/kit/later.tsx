// Components whose code is fetched when they are first shown. Not React's lazy: a Suspense boundary holds what it reveals back for 300 ms, and a failed fetch would end the page.
import { useEffect, useState, type ComponentType } from "react";

/** A component that shows nothing until its code is here; a fetch that failed is tried again when it is shown the next time. */
export function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let loaded: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const [Loaded, setLoaded] = useState(() => loaded);
    useEffect(() => {
      if (Loaded !== null) return undefined;
      let isShown = true;
      load().then(
        (component) => {
          loaded = component;
          if (isShown) setLoaded(() => component);
        },
        () => undefined,
      );
      return () => {
        isShown = false;
      };
    }, [Loaded]);
    return Loaded === null ? null : <Loaded {...props} />;
  };
}
