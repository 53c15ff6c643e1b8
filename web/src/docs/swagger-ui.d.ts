/** What of Swagger UI is used; the package brings no types. */
declare module "swagger-ui-dist/swagger-ui-es-bundle.js" {
  export default function SwaggerUI(options: {
    readonly url: string;
    readonly dom_id: string;
    readonly deepLinking: boolean;
    readonly defaultModelsExpandDepth: number;
    readonly validatorUrl: null;
  }): unknown;
}
