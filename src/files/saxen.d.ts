/** The part of saxen's interface that is used; the package brings no types. */
declare module 'saxen' {
  type Decode = (text: string) => string;

  export class Parser {
    on(event: 'openTag', hear: (name: string, attributes: () => Record<string, string>) => void): this;
    on(event: 'closeTag', hear: (name: string) => void): this;
    on(event: 'text', hear: (text: string, decode: Decode) => void): this;
    on(event: 'cdata' | 'attention', hear: (text: string) => void): this;
    on(event: 'error' | 'warn', hear: (fault: Error) => void): this;
    write(xml: string): this;
    end(): void;
  }
}
