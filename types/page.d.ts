// What a selector finds is the templates' word: views name its properties without a cast.
interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}

interface Element {
  closest(selectors: string): any;
}

interface HTMLFormControlsCollection {
  [name: string]: any;
}
